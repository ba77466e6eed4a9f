"use client";

import { createContext, useContext } from "react";

export type CommandPaletteControls = { openPalette: () => void; openShortcuts: () => void };

export const CommandPaletteContext = createContext<CommandPaletteControls>({ openPalette: () => {}, openShortcuts: () => {} });

/** Opens the command palette or the list of shortcuts from anywhere. */
export const useCommandPalette = () => useContext(CommandPaletteContext);
