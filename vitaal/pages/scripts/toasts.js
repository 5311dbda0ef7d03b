// A toast leaves after ten seconds, but never while someone points at it or stands in it (WCAG 2.2.1).
const STAYS = 10_000;

function leaveLater(toast) {
  setTimeout(() => {
    if (toast.matches(":hover, :focus-within")) { leaveLater(toast); } else { toast.remove(); }
  }, STAYS);
}

function watch() {
  document.querySelectorAll(".toast:not([data-watched])").forEach((toast) => {
    toast.dataset.watched = "";
    leaveLater(toast);
  });
}

document.addEventListener("DOMContentLoaded", watch);
document.addEventListener("htmx:after:swap", watch);
