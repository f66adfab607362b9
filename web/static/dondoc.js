// Niceties only: every page works without this file.
"use strict";

// A draft with unsaved corrections asks before it is left.
for (const form of document.querySelectorAll("form[data-unsaved]")) {
  let changed = document.querySelector(".notice.bad") !== null;
  form.addEventListener("input", () => { changed = true; });
  form.addEventListener("submit", () => { changed = false; });
  window.addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });
}

// A file that is too large is refused before it is sent.
for (const form of document.querySelectorAll("form[data-limit]")) {
  const input = form.querySelector("input[type=file]");
  const megabytes = Number(form.dataset.limit);
  input.addEventListener("change", () => {
    const large = [...input.files].some((file) => file.size > megabytes * 1024 * 1024);
    input.setCustomValidity(large ? `Tệp lớn hơn ${megabytes} MB.` : "");
    input.reportValidity();
  });
}
