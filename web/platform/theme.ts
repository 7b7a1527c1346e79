import type { MantineColorScheme, MantineColorSchemeManager } from '@mantine/core'

const key = 'linchpin-theme'
let tell: (scheme: MantineColorScheme) => void = () => undefined

const stored = (): MantineColorScheme | null => {
  try {
    return localStorage.getItem(key) as MantineColorScheme | null
  } catch {
    return null
  }
}

/** The theme belongs to the reader's settings; a copy in this browser serves the first paint and the sign-in page. */
export const themeManager: MantineColorSchemeManager = {
  get: (fallback) => stored() ?? fallback,
  set: (scheme) => {
    try {
      localStorage.setItem(key, scheme)
    } catch {
      // storage refused: the setting on the server still counts
    }
  },
  subscribe: (onUpdate) => {
    tell = onUpdate
  },
  unsubscribe: () => {
    tell = () => undefined
  },
  clear: () => localStorage.removeItem(key),
}

export function themeIs(scheme: MantineColorScheme): void {
  if (stored() === scheme) return
  themeManager.set(scheme)
  tell(scheme)
}
