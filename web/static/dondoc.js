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
  if (!input) continue;
  const megabytes = Number(form.dataset.limit);
  const most = Number(form.dataset.total || megabytes);
  input.addEventListener("change", () => {
    const large = [...input.files].some((file) => file.size > megabytes * 1024 * 1024);
    const total = [...input.files].reduce((sum, file) => sum + file.size, 0);
    const all = total > most * 1024 * 1024 ? `Các tệp cộng lại lớn hơn ${most} MB.` : "";
    input.setCustomValidity(large ? `Tệp lớn hơn ${megabytes} MB.` : all);
    input.reportValidity();
  });
}
