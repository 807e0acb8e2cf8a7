/* Reads the page of a posting: its address, its title, what is selected, and what it says of the posting itself (JobPosting
   of schema.org as JSON-LD). Runs on that page, changes nothing there and sends nothing: it returns the address of Waymark's
   form, filled with what it read and at most `longest` characters long. The extension runs it, and so does the bookmark,
   for which the lines are put together into one: each statement ends with a semicolon, and neither a percent sign nor a number
   sign nor an exclamation mark stands anywhere below. */
export function capture(site, longest) {
  const whole = (text) => Array.from(text).filter((letter) => /^[^\ud800-\udfff]/u.test(letter)).join("");
  const long = (text) => encodeURIComponent(text).length;
  const fit = (text, room) => {
    let cut = whole(text.trim());
    while (cut && long(cut) > room) { cut = whole(cut.slice(0, Math.floor(cut.length * 0.9))); }
    return cut;
  };
  const kinds = (one) => [].concat(one["@type"] || []);
  const jobs = (one, depth) => {
    if (Array.isArray(one) && depth < 7) { return one.flatMap((part) => jobs(part, depth + 1)); }
    if ((one instanceof Object && depth < 7) === false) { return []; }
    if (kinds(one).includes("JobPosting")) { return [one]; }
    return ["@graph", "itemListElement", "item", "mainEntity"].flatMap((name) => jobs(one[name], depth + 1));
  };
  const read = (block) => { try { return jobs(JSON.parse(block.textContent), 0); } catch { return []; } };
  const found = Array.from(document.querySelectorAll("script[type='application/ld+json']")).flatMap(read);
  const here = location.href.replace(/[?].*/, "");
  const named = (job) => typeof job.url === "string" && job.url.startsWith(here);
  const job = found.length === 1 ? found[0] : found.find(named);

  const link = location.href.length > 2000 ? here.slice(0, 2000) : location.href;
  const fields = [["url", link], ["title", fit(document.title, 600)]];
  const base = site + "/add/";
  const size = () => base.length + fields.reduce((sum, [name, value]) => sum + name.length + 2 + long(value), 0);
  const room = () => Math.max(0, longest - size() - 20);

  const selected = fit(String(getSelection()), room() - (job ? 1500 : 0));
  if (selected) { fields.push(["text", selected]); }
  if (job) {
    const short = { "@type": "JobPosting" };
    const add = (name, value) => {
      if (value && long(JSON.stringify({ ...short, [name]: value })) < room()) { short[name] = value; }
    };
    const employer = job.hiringOrganization;
    add("title", job.title);
    add("hiringOrganization", employer && employer.name ? { name: employer.name } : employer);
    add("validThrough", job.validThrough);
    add("jobLocationType", job.jobLocationType);
    const places = [].concat(job.jobLocation || []).slice(0, 5);
    add("jobLocation", places.map((place) => ({ address: place && place.address })));
    const text = String(job.description || "").replace(/<(br|[/]?(p|div|ul|ol|h[1-6]))[^<>]*>/gi, "\n");
    const plain = text.replace(/<li[^<>]*>/gi, "\n- ").replace(/<[^<>]*>/g, "").replace(/[ \t]+/g, " ");
    let kept = selected.length < 200 ? plain.replace(/\n\s+/g, "\n") : "";
    while (kept && long(JSON.stringify({ ...short, description: kept })) > room()) {
      kept = whole(kept.slice(0, Math.floor(kept.length * 0.9)));
    }
    add("description", kept);
    fields.push(["job", JSON.stringify(short)]);
  }
  return base + "?" + fields.map(([name, value]) => name + "=" + encodeURIComponent(whole(value))).join("&");
}
