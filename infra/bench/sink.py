"""A mail server in a process of its own that takes everything as quickly as it can, so that the sender is measured."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import Pipe, Process
from multiprocessing.connection import Connection


@contextmanager
def sink() -> Iterator[str]:
    """The address of a server that says yes to every letter; gone at the end of the block."""
    ours, theirs = Pipe()
    process = Process(target=_serve, args=(theirs,), daemon=True)
    process.start()
    try:
        yield f"smtp://127.0.0.1:{ours.recv()}"
    finally:
        process.terminate()
        process.join()


def _serve(tell: Connection) -> None:
    asyncio.run(_listen(tell))


async def _listen(tell: Connection) -> None:
    server = await asyncio.start_server(_talk, "127.0.0.1", 0)
    tell.send(server.sockets[0].getsockname()[1])
    await server.serve_forever()


async def _talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"220 sink\r\n")
    while line := await reader.readline():
        verb = line[:4].upper()
        if verb == b"DATA":
            writer.write(b"354 go\r\n")
            await writer.drain()
            await reader.readuntil(b"\r\n.\r\n")
        elif verb == b"EHLO":
            writer.write(b"250-sink\r\n250-8BITMIME\r\n")
        elif verb == b"QUIT":
            break
        writer.write(b"250 yes\r\n")
        await writer.drain()
    writer.close()
