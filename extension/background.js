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

/* Pages of the browser itself, its shop and its viewer of PDF let nobody read them; their address and title are there.
   A busy browser gives the permission of the press now and then a moment after it tells of it: hence the second try. */
async function read(tab, site) {
  for (const wait of [0, 300]) {
    await new Promise((go) => { setTimeout(go, wait); });
    try {
      const [answer] = await chrome.scripting.executeScript({
        target: { tabId: tab.id }, func: capture, args: [site, LONGEST],
      });
      if (answer?.result) return answer.result;
    } catch { /* said above */ }
  }
  const web = /^https?:/.test(tab.url ?? "");
  return `${site}/add/?${new URLSearchParams(web ? { url: tab.url, title: (tab.title ?? "").slice(0, 200) } : {})}`;
}

chrome.action.onClicked.addListener(add);
chrome.runtime.onInstalled.addListener(async ({ reason }) => {
  if (reason === "install") await chrome.runtime.openOptionsPage();
});
