"use client";

import { Check } from "lucide-react";
import { DropdownMenu as Radix } from "radix-ui";
import type { ComponentProps } from "react";
import { classNames } from "./class-names";

const ITEM = "relative flex h-8 cursor-pointer items-center gap-2 rounded-md px-2 text-xs outline-none select-none data-[disabled]:pointer-events-none data-[disabled]:text-faint data-[highlighted]:bg-surface-3 data-[highlighted]:text-text";

/** Beside an item that is chosen; the item leaves room for it. */
const CHOSEN = <Radix.ItemIndicator className="absolute left-2"><Check aria-hidden="true" className="size-3.5 text-accent" /></Radix.ItemIndicator>;
const CHOICE = `${ITEM} pl-7`;

function Content({ className, sideOffset = 6, ...rest }: ComponentProps<typeof Radix.Content>) {
  return (
    <Radix.Portal>
      <Radix.Content
        sideOffset={sideOffset}
        collisionPadding={8}
        className={classNames("panel z-50 max-h-[var(--radix-dropdown-menu-content-available-height)] min-w-48 animate-rise overflow-y-auto p-1 text-text shadow-float", className)}
        {...rest}
      />
    </Radix.Portal>
  );
}

function Item({ className, ...rest }: ComponentProps<typeof Radix.Item>) {
  return <Radix.Item className={classNames(ITEM, className)} {...rest} />;
}

function CheckboxItem({ className, children, ...rest }: ComponentProps<typeof Radix.CheckboxItem>) {
  return (
    <Radix.CheckboxItem className={classNames(CHOICE, className)} {...rest}>
      {CHOSEN}
      {children}
    </Radix.CheckboxItem>
  );
}

function RadioItem({ className, children, ...rest }: ComponentProps<typeof Radix.RadioItem>) {
  return (
    <Radix.RadioItem className={classNames(CHOICE, className)} {...rest}>
      {CHOSEN}
      {children}
    </Radix.RadioItem>
  );
}

const Label = ({ className, ...rest }: ComponentProps<typeof Radix.Label>) => (
  <Radix.Label className={classNames("px-2 pt-1.5 pb-1 text-2xs font-medium text-muted", className)} {...rest} />
);
const Separator = (props: ComponentProps<typeof Radix.Separator>) => <Radix.Separator className="my-1 h-px bg-line" {...props} />;

export const DropdownMenu = { Root: Radix.Root, Trigger: Radix.Trigger, RadioGroup: Radix.RadioGroup, Group: Radix.Group, Content, Item, CheckboxItem, RadioItem, Label, Separator };
