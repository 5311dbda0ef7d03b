"""Is this installation well? Each check gives sentences about what is wrong; none means that all is well."""

from collections.abc import Callable, Iterator

import redis
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import SQLAlchemyError

from vitaal.kernel import clock, nudge
from vitaal.kernel.db import new_id, url_as
from vitaal.kernel.gates import gaps
from vitaal.kernel.schema import revisions
from vitaal.kernel.storage import open_storage
from vitaal.pages import assets
from vitaal.post.carriers import Unreachable
from vitaal.post.smtp import Smtp
from vitaal.settings import BadSetting, Settings

_ROLES = ("vitaal_app", "vitaal_worker", "vitaal_programme")
_MOST_DRIFT = 5.0


def examine(settings: Settings) -> list[str]:
    """Everything that is wrong, in sentences."""
    checks: tuple[Callable[[Settings], Iterator[str]], ...] = (
        _roles,
        _schema,
        _redis,
        _mail,
        _storage,
        _assets,
    )
    return [sentence for check in checks for sentence in check(settings)]


def _roles(settings: Settings) -> Iterator[str]:
    for role in _ROLES:
        engine = _as(settings, role)
        try:
            with engine.connect() as connection:
                connection.execute(text("SELECT 1"))
        except SQLAlchemyError:
            yield f"Nobody can sign in to the database as {role}: run `vitaal migrate`."
        finally:
            engine.dispose()


def _schema(settings: Settings) -> Iterator[str]:
    engine = _as(settings, "vitaal_migrator")
    try:
        found, newest = revisions(settings.database_url or "")
        if found != newest:
            yield f"The database is at revision {found or 'none'}, and {newest} is needed: run `vitaal migrate`."
            return
        with engine.connect() as connection:
            connection.execute(text("SET ROLE vitaal_owner"))
            yield from gaps(connection)
            drift = (connection.execute(text("SELECT now()")).scalar_one() - clock.now()).total_seconds()
        if abs(drift) > _MOST_DRIFT:
            yield f"The database's clock is {drift:+.0f} seconds off from this machine's."
    except SQLAlchemyError as error:
        yield f"The database's schema can't be looked at: {' '.join(str(error.__cause__ or error).split())}"
    finally:
        engine.dispose()


def _redis(settings: Settings) -> Iterator[str]:
    try:
        nudge.client(settings.redis_url or "", patience=2).ping()
    except (redis.RedisError, OSError, ValueError) as error:
        yield f"Redis can't be reached, so letters wait until it is back: {error}"


def _mail(settings: Settings) -> Iterator[str]:
    if settings.local_mailbox:
        return
    carrier = Smtp(settings.smtp_url, settings.mail_from)
    try:
        carrier.greet()
    except Unreachable as error:
        yield str(error)
    finally:
        carrier.close()


def _storage(settings: Settings) -> Iterator[str]:
    trial = f".trial-{new_id()}"
    try:
        storage = open_storage(settings)
        storage.pipe_file(trial, b"well")
        storage.rm_file(trial)
    except BadSetting as error:
        yield str(error)
    except OSError as error:
        yield f"Files can't be kept: {error}"


def _assets(_settings: Settings) -> Iterator[str]:
    try:
        assets.manifest()
    except assets.AssetsMissing as error:
        yield str(error)


def _as(settings: Settings, role: str) -> Engine:
    return create_engine(url_as(settings.database_url or "", role))
