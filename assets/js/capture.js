/* The page on adding from elsewhere: makes the bookmark a link that can be dragged to the bookmarks bar. Pressed here it would
   run against the policy of this page, and has nothing to read. */

const text = document.getElementById("bookmarklet").value;
const bookmark = document.querySelector("[data-bookmark]");

bookmark.href = text;
bookmark.closest("[data-drag]").hidden = false;
bookmark.addEventListener("click", (event) => {
  event.preventDefault();
  const words = "Drag it to the bookmarks bar, then press it on the page of a posting.";
  document.dispatchEvent(new CustomEvent("waymark:toast", { detail: { text: words } }));
});
