// Focus and dialogs, after a page loads and after htmx changes a part of it. The server decides with data-focus.

function settle() {
  const dialog = document.querySelector("dialog[data-open]");
  if (dialog && !dialog.matches(":modal")) {
    dialog.removeAttribute("open");
    dialog.showModal();
  }
  const target = document.querySelector("[data-focus]");
  if (target) {
    target.removeAttribute("data-focus");
    if (target.tabIndex < 0) { target.tabIndex = -1; }
    target.focus();
  }
}

document.addEventListener("DOMContentLoaded", settle);
document.addEventListener("htmx:after:swap", settle);

document.addEventListener("close", ({ target }) => {
  if (!target.matches("dialog[data-open]")) { return; }
  target.remove();
  document.getElementById(target.dataset.return)?.focus();
}, true);

// In a dialog "Sluit" is a link to the page below it; with the script it only closes.
document.addEventListener("click", (event) => {
  const closer = event.target.closest("dialog a[data-close]");
  if (closer) {
    event.preventDefault();
    closer.closest("dialog").close();
  }
});
