"use client";

import { columnVisibilityFeature, createSortedRowModel, rowSortingFeature, tableFeatures, useTable, type ColumnDef } from "@tanstack/react-table";
import { ArrowDown, ArrowUp, ChevronsUpDown, Columns3, Download } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useMemo, useRef, useState, type ReactNode } from "react";
import { Button } from "./button";
import { classNames } from "./class-names";
import { csvText, type CsvValue } from "./csv-text";
import { DropdownMenu } from "./dropdown-menu";
import { downloadText } from "./download-text";
import { useColumnChoice } from "./use-column-choice";
import { useMediaQuery } from "./use-media-query";
import { useRowFocus } from "./use-row-focus";
import { useWindowedRows } from "./use-windowed-rows";

const VIRTUAL_FROM = 200;
// As the classes of the row below; a finger needs more.
const ROW_HEIGHT = 36;
const PHONE_ROW_HEIGHT = 44;

export type DataColumn<Row> = {
  id: string;
  header: string;
  cell: (row: Row) => ReactNode;
  /** What sorting compares and CSV writes; null stands last in both directions. Without it the column does not sort. */
  value?: (row: Row) => number | string | null;
  /** For CSV, where it differs from `value`: the exact decimal text. */
  csv?: (row: Row) => CsvValue;
  align?: "start" | "end";
  /** Left out at first; the column menu brings it back. */
  hidden?: boolean;
  /** Always shown: the column that names the row. */
  fixed?: boolean;
  /** Left out on phones, where few columns fit. */
  wideOnly?: boolean;
  sortable?: boolean;
  /** Of header and cells. */
  className?: string;
};

export type TableSort = { id: string; desc: boolean };

type Props<Row> = {
  label: string;
  rows: readonly Row[];
  columns: readonly DataColumn<Row>[];
  rowKey: (row: Row) => string;
  /** Held by the caller, usually in the address; without it the table keeps its own. */
  sort?: TableSort | null;
  onSortChange?: (sort: TableSort | null) => void;
  /** The order of a table that keeps its own, until a person chooses another. */
  firstSort?: TableSort;
  /** The rows come sorted by the server and stay as they are. */
  sortedByServer?: boolean;
  onRowOpen?: (row: Row) => void;
  /** Key of the row that is chosen. */
  selected?: string | null;
  /** Name of the file without ending: gives the CSV button, and is the name under which this browser keeps the choice of columns. */
  csvName: string;
  /** Beside the column menu. */
  toolbar?: ReactNode;
  /** Below the rows: "load more". */
  footer?: ReactNode;
  empty?: ReactNode;
  /** Height of the scrolled part, such as `max-h-[60vh]`; needed past 200 rows. */
  scrollClassName?: string;
  rowClassName?: (row: Row) => string | undefined;
  /** Of the row of tools, to move it into a bar that is there already. */
  toolsClassName?: string;
};

const features = tableFeatures({ rowSortingFeature, columnVisibilityFeature, sortedRowModel: createSortedRowModel() });

/** Sortable table with column choice, CSV and keyboard rows; past 200 rows only those in sight are drawn. */
export function DataTable<Row extends object>(props: Props<Row>) {
  const { label, rows, columns, rowKey, sortedByServer = false, onRowOpen, selected = null, csvName, toolbar, footer, empty, scrollClassName = "max-h-[70vh]", rowClassName, toolsClassName } = props;
  const t = useTranslations("ui.table");
  const locale = useLocale();
  const scroller = useRef<HTMLDivElement>(null);
  const [ownSort, setOwnSort] = useState<TableSort | null>(props.firstSort ?? null);
  const sort = props.sort === undefined ? ownSort : props.sort;
  const setSort = props.onSortChange ?? setOwnSort;
  const [chosen, setChosen] = useColumnChoice(csvName);
  const visible = useMemo(() => ({ ...Object.fromEntries(columns.map(({ id, hidden }) => [id, !hidden])), ...chosen }), [columns, chosen]);

  const definitions = useMemo(() => {
    const collator = new Intl.Collator(locale, { numeric: true });
    return columns.map((column): ColumnDef<typeof features, Row> => ({
      id: column.id,
      accessorFn: (row) => column.value?.(row) ?? undefined,
      enableSorting: column.sortable ?? column.value !== undefined,
      enableHiding: !column.fixed,
      sortUndefined: "last",
      sortFn: (a, b, id) => {
        const [left, right] = [a.getValue<number | string>(id), b.getValue<number | string>(id)];
        return typeof left === "number" && typeof right === "number" ? left - right : collator.compare(String(left), String(right));
      },
    }));
  }, [columns, locale]);

  const table = useTable({
    features,
    columns: definitions,
    data: rows as Row[],
    getRowId: rowKey,
    manualSorting: sortedByServer,
    state: { sorting: sort ? [sort] : [], columnVisibility: visible },
    onSortingChange: () => undefined,
    onColumnVisibilityChange: () => undefined,
  });

  const shown = columns.filter(({ id }) => visible[id]);
  const ordered = table.getRowModel().rows.map((row) => row.original);
  const virtual = ordered.length > VIRTUAL_FROM;
  const phone = useMediaQuery("(width < 48rem)");
  const { indices, before, after, scrollTo } = useWindowedRows({ count: ordered.length, rowHeight: phone ? PHONE_ROW_HEIGHT : ROW_HEIGHT, enabled: virtual, container: scroller });

  const open = (index: number) => {
    const row = ordered[index];
    if (row) onRowOpen?.(row);
  };
  const focus = useRowFocus({ count: ordered.length, onOpen: onRowOpen && open, scrollTo, container: scroller });

  const nextSort = (column: DataColumn<Row>): TableSort | null => {
    // Figures are read from the largest down, names from A on; the third press gives back the order as it came.
    const firstDesc = column.align === "end";
    if (sort?.id !== column.id) return { id: column.id, desc: firstDesc };
    return sort.desc === firstDesc ? { id: column.id, desc: !firstDesc } : null;
  };

  const download = () => {
    const head = shown.map(({ header }) => header);
    const body = ordered.map((row) => shown.map((column) => (column.csv ?? column.value)?.(row) ?? null));
    downloadText({ name: `${csvName}.csv`, text: csvText(head, body), type: "text/csv" });
  };

  return (
    <div className="flex min-w-0 flex-col">
      <div className={classNames("flex flex-wrap items-center gap-2 border-b border-line px-3 py-2", toolsClassName)}>
        {toolbar}
        <span className="flex flex-1 items-center justify-end gap-1">
          <DropdownMenu.Root>
            <DropdownMenu.Trigger asChild>
              <Button variant="ghost" className="max-md:px-2"><Columns3 aria-hidden="true" /><span className="max-md:sr-only">{t("columns")}</span></Button>
            </DropdownMenu.Trigger>
            <DropdownMenu.Content align="end">
              {columns.map(({ id, header, fixed }) => (
                <DropdownMenu.CheckboxItem key={id} checked={visible[id]} disabled={fixed} onSelect={(event) => event.preventDefault()} onCheckedChange={(on) => setChosen({ ...chosen, [id]: on === true })}>
                  {header}
                </DropdownMenu.CheckboxItem>
              ))}
            </DropdownMenu.Content>
          </DropdownMenu.Root>
          <Button variant="ghost" onClick={download} disabled={ordered.length === 0} className="max-md:px-2"><Download aria-hidden="true" /><span className="max-md:sr-only">{t("csv")}</span></Button>
        </span>
      </div>
      <div ref={scroller} className={classNames("relative min-w-0 overflow-auto", scrollClassName)}>
        <table aria-label={label} aria-rowcount={virtual ? ordered.length + 1 : undefined} className="w-full border-separate border-spacing-0 text-xs">
          <thead>
            <tr>
              {shown.map((column) => (
                <HeaderCell key={column.id} column={column} sort={sort} onSort={() => setSort(nextSort(column))} />
              ))}
            </tr>
          </thead>
          <tbody onKeyDown={focus.onKeyDown}>
            {before > 0 && <Spacer height={before} span={shown.length} />}
            {indices.map((index) => {
              const row = ordered[index];
              if (!row) return null;
              const key = rowKey(row);
              return (
                <tr
                  key={key}
                  data-row-index={index}
                  aria-rowindex={virtual ? index + 2 : undefined}
                  aria-current={selected === key ? "true" : undefined}
                  tabIndex={index === focus.active ? 0 : -1}
                  onFocus={() => focus.setActive(index)}
                  onClick={(event) => {
                    // A link or button in the row acts for itself.
                    if (onRowOpen && !(event.target as HTMLElement).closest("a, button, input, [role=checkbox]")) onRowOpen(row);
                  }}
                  className={classNames(
                    "group focus-inset h-9 hover:bg-surface-2 max-md:h-11",
                    onRowOpen && "cursor-pointer",
                    selected === key && "bg-accent-soft shadow-[inset_2px_0_0_var(--accent)] hover:bg-accent-soft",
                    rowClassName?.(row),
                  )}
                >
                  {shown.map((column) => (
                    <td key={column.id} className={classNames("border-b border-line px-2 whitespace-nowrap first:pl-4 last:pr-4", column.align === "end" && "text-right", column.wideOnly && "max-md:hidden", column.className)}>
                      {column.cell(row)}
                    </td>
                  ))}
                </tr>
              );
            })}
            {after > 0 && <Spacer height={after} span={shown.length} />}
          </tbody>
        </table>
        {ordered.length === 0 && (empty ?? <p className="px-4 py-10 text-center text-sm text-muted">{t("empty")}</p>)}
      </div>
      {footer}
    </div>
  );
}

function HeaderCell<Row>({ column, sort, onSort }: { column: DataColumn<Row>; sort: TableSort | null; onSort: () => void }) {
  const sortable = column.sortable ?? column.value !== undefined;
  const direction = sort?.id === column.id ? (sort.desc ? "descending" : "ascending") : "none";
  const Icon = direction === "descending" ? ArrowDown : direction === "ascending" ? ArrowUp : ChevronsUpDown;
  return (
    <th
      scope="col"
      aria-sort={sortable ? direction : undefined}
      className={classNames("sticky top-0 z-10 h-8 border-b border-line bg-surface-1 px-2 text-2xs font-medium whitespace-nowrap text-muted first:pl-4 last:pr-4", column.align === "end" ? "text-right" : "text-left", column.wideOnly && "max-md:hidden", column.className)}
    >
      {sortable ? (
        <button type="button" onClick={onSort} className={classNames("inline-flex h-8 items-center gap-1 hover:text-text max-md:h-10", column.align === "end" && "flex-row-reverse", direction !== "none" && "text-text")}>
          {column.header}
          <Icon aria-hidden="true" className={classNames("size-3", direction === "none" && "opacity-40")} />
        </button>
      ) : (
        column.header
      )}
    </th>
  );
}

const Spacer = ({ height, span }: { height: number; span: number }) => (
  <tr aria-hidden="true">
    <td colSpan={span} style={{ height }} />
  </tr>
);
