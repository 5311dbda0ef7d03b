// Where htmx tells a failure.

// 422 is a form with its errors: it goes where the form was. 409 is a page of its own. Anything else is told on
// top of the page, so that what someone typed stays where it is.
document.addEventListener("htmx:response:error", ({ detail: { ctx } }) => {
  const { status } = ctx.response;
  if (status === 422) { return; }
  if (status === 409) {
    Object.assign(ctx, { target: document.getElementById("inhoud"), select: "#inhoud", swap: "outerHTML" });
    return;
  }
  if (!ctx.text.includes("data-notice")) { ctx.text = words("mislukt"); }
  Object.assign(ctx, { target: document.getElementById("meldingen"), select: "[data-notice]", swap: "innerHTML show:top" });
});

document.addEventListener("htmx:error", ({ detail: { ctx } }) => {
  const place = document.getElementById("meldingen");
  if (!ctx?.response && place) {
    place.innerHTML = words("geen-verbinding");
    place.scrollIntoView({ block: "nearest" });
  }
});

function words(id) {
  return document.getElementById(id)?.innerHTML ?? "";
}
