import { XMLParser } from "fast-xml-parser";
import type { XmlReader } from "@/server/platform/fetch-xml";

/**
 * Reads XML into plain objects with text as text: names without their prefixes, the named elements always lists, attributes left out. A
 * document that is cut off throws, and so does one that is none.
 */
export function xmlTree(lists: readonly string[]): XmlReader {
  const parser = new XMLParser({ ignoreAttributes: true, removeNSPrefix: true, parseTagValue: false, isArray: (name) => lists.includes(name) });
  // `true` has the whole document checked first: by itself the parser takes what is cut off for what there is.
  return (text) => parser.parse(text, true);
}
