"""Reading what people type, paste or share: links, pages, tags, lists. All pure; nothing is fetched."""
