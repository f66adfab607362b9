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

// A draft: cutting at the cursor, and keys. F8 and Ctrl+Enter are no browser's own and type nothing.
const draft = document.getElementById("du-thao");
if (draft) {
  for (const hint of draft.querySelectorAll(".with-script")) hint.hidden = false;

  // Characters before the cursor, counted as the server counts them.
  const cursorIn = (words) => {
    const { anchorNode, anchorOffset, isCollapsed } = document.getSelection();
    if (!isCollapsed || !words.contains(anchorNode)) return 0;
    const before = document.createRange();
    before.setStart(words, 0);
    before.setEnd(anchorNode, anchorOffset);
    return [...before.toString()].length;
  };
  const cutters = [...draft.querySelectorAll(".at-cursor")].map((button) => {
    const card = button.closest(".card");
    return { button, words: card.querySelector(".words"), folded: card.querySelector(".recut") };
  });
  document.addEventListener("selectionchange", () => {
    for (const { button, words, folded } of cutters) {
      const at = cursorIn(words);
      if (at) {
        button.value = `${button.dataset.card}|${Number(words.dataset.start) + at}`;
        const behind = [...words.textContent].slice(at).join("").trim().split(/\s+/).slice(0, 4).join(" ");
        button.textContent = `Tách tại con trỏ, trước «${behind}»`;
        button.hidden = button.disabled = false;
        folded.open = true;
      }
    }
  });

  const unseen = () => [...draft.querySelectorAll(".point")].filter((point) => !point.querySelector(":checked"));
  const goOn = (step) => {
    const points = unseen();
    if (!points.length) return;
    const here = document.activeElement;
    const at = points.findIndex((point) => point.contains(here));
    let next = at + step;
    if (at < 0) {
      const after = points.findIndex((point) => here.compareDocumentPosition(point) & Node.DOCUMENT_POSITION_FOLLOWING);
      next = step > 0 ? after : (after < 0 ? points.length : after) - 1;
      if (here === document.body) next = step > 0 ? 0 : points.length - 1;
    }
    const point = points[(next + points.length) % points.length];
    (point.querySelector("input, button") || point).focus({ preventScroll: true });
    point.scrollIntoView({ block: "center" });
  };
  draft.addEventListener("keydown", (event) => {
    const leftOver = event.target.closest(".left-over");
    if (event.key !== "Delete" || !leftOver || event.target.matches("input:not([type=checkbox]), textarea")) return;
    const dismiss = leftOver.querySelector("[name=bo-cau]");
    if (dismiss) { event.preventDefault(); dismiss.click(); }
  });
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.altKey) return;
    if (event.key === "F8" && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      goOn(event.shiftKey ? -1 : 1);
    } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.shiftKey) {
      const save = draft.querySelector(".bar [name=viec][value=luu]");
      if (save) { event.preventDefault(); save.click(); }
    }
  });
  // Back from a sentence that was dismissed: on to the next. The browser looks for the place of the address first.
  const onward = () => draft.querySelector(".left-over button")?.focus({ preventScroll: true });
  if (location.hash === "#cau-con-lai") window.addEventListener("load", () => setTimeout(onward));
}
