// Cards on the board that can be dragged to another lane. It presses the buttons that stand on the card, so that
// dragging does what they do; without this file, and with the keyboard, the buttons are the way.

let held = null;

const cards = () => document.querySelectorAll("[data-card]:not([draggable])");
const laneAt = (event) => event.target.closest?.("[data-lane]");

function lift() {
  cards().forEach((card) => { card.draggable = true; });
}

document.addEventListener("DOMContentLoaded", lift);
document.addEventListener("htmx:after:swap", lift);

document.addEventListener("dragstart", (event) => {
  held = event.target.closest?.("[data-card]") ?? null;
  if (!held) { return; }
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", held.querySelector("h3").textContent);
  held.classList.add("held");
});

document.addEventListener("dragover", (event) => {
  const lane = held && laneAt(event);
  mark(lane);
  if (lane) { event.preventDefault(); }
});

document.addEventListener("drop", (event) => {
  const lane = held && laneAt(event);
  if (!lane) { return; }
  event.preventDefault();
  const status = lane.dataset.lane;
  const way = held.querySelector(`[value="${status}"], a[data-lane="${status}"]`);
  if (way && !lane.contains(held)) { way.click(); }
});

document.addEventListener("dragend", () => {
  held?.classList.remove("held");
  held = null;
  mark(null);
});

function mark(lane) {
  document.querySelectorAll(".lane.over").forEach((other) => { if (other !== lane) { other.classList.remove("over"); } });
  lane?.classList.add("over");
}

// After a move the card stands elsewhere: the focus goes along with it.
document.addEventListener("submit", ({ target }) => {
  if (!target.matches("[data-return]")) { return; }
  document.addEventListener("htmx:after:swap", () => document.getElementById(target.dataset.return)?.focus(), { once: true });
});
