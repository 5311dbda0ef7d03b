// On a phone the rooms of the agenda are one row that scrolls: the current one, and one that Tab comes to, is brought into view.

function show(room) {
  const row = room.closest("ul");
  const [inner, outer] = [room, row].map((box) => box.getBoundingClientRect());
  row.scrollLeft += inner.left + inner.width / 2 - outer.left - outer.width / 2;
}

document.addEventListener("DOMContentLoaded", () => {
  const current = document.querySelector(".rooms [aria-current]");
  if (current) { show(current); }
});

document.addEventListener("focusin", ({ target }) => {
  if (target.matches(".rooms a:focus-visible")) { show(target); }
});
