import { describe, expect, it } from "vitest";
import { syntheticGraph } from "./__fixtures__/synthetic-graph";
import { DEFAULT_FILTERS, filterGraph } from "./graph-filter";
import { indexGraph } from "./graph-index";
import { graphLabels } from "./graph-labels";
import { graphPicture } from "./graph-picture";

const index = indexGraph(syntheticGraph());
const visible = filterGraph(index.graph, DEFAULT_FILTERS, new Map());
const picture = graphPicture({ index, visible, focus: null, scenario: null });
const labels = (rest: Partial<Parameters<typeof graphLabels>[0]> = {}) => graphLabels({ index, visible, picture, focus: null, hover: null, shocked: [], near: [], showAll: true, text: (node) => node.label, change: () => null, ...rest });

describe("graphLabels", () => {
  it("always names the hovered, the focused and the shocked node, whatever the limit", () => {
    const keys = labels({ focus: "asset:A5", hover: "company:C9", shocked: ["driver:oil"], limit: 3 }).map(({ key }) => key);
    expect(new Set(keys)).toEqual(new Set(["asset:A5", "company:C9", "driver:oil"]));
  });

  it("names only those when labels are switched off", () => {
    expect(labels({ showAll: false, shocked: ["driver:oil"] }).map(({ key }) => key)).toEqual(["driver:oil"]);
    expect(labels({ showAll: false })).toEqual([]);
  });

  it("never names a hidden node", () => {
    const few = filterGraph(index.graph, { ...DEFAULT_FILTERS, hiddenKinds: ["company"] }, new Map());
    expect(labels({ visible: few, limit: 500 }).some(({ key }) => key.startsWith("company:"))).toBe(false);
  });

  it("prefers neighbours of the focused node to strangers of their kind", () => {
    const companies = labels({ near: ["company:C40"], limit: 500 }).filter(({ key }) => key.startsWith("company:"));
    expect(companies[0]!.key).toBe("company:C40");
  });
});
