/* Pressing the button reads the page once, by the permission that the press gives, and opens Waymark's form beside it. */
import { capture } from "./page.js";

const LONGEST = 7500;

export async function add(tab) {
  const { site } = await chrome.storage.local.get("site");
  if (!site) {
    await chrome.runtime.openOptionsPage();
    return;
  }
  await chrome.tabs.create({ url: await read(tab, site), index: tab.index + 1, openerTabId: tab.id });
}

/* Pages of the browser itself, its shop and its viewer of PDF let nobody read them; their address and title are there. */
async function read(tab, site) {
  try {
    const [answer] = await chrome.scripting.executeScript({
      target: { tabId: tab.id }, func: capture, args: [site, LONGEST],
    });
    if (answer?.result) return answer.result;
  } catch { /* said above */ }
  const web = /^https?:/.test(tab.url ?? "");
  return `${site}/add/?${new URLSearchParams(web ? { url: tab.url, title: (tab.title ?? "").slice(0, 200) } : {})}`;
}

chrome.action.onClicked.addListener(add);
chrome.runtime.onInstalled.addListener(async ({ reason }) => {
  if (reason === "install") await chrome.runtime.openOptionsPage();
});
