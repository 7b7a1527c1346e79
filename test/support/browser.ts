import { existsSync } from 'node:fs'

/** The shell without windows first: a whole Chromium runs the page of its own tab strip beside every page, for as much again. */
const places = [
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/snap/bin/chromium',
]

/** Null where there is none: CHROMIUM names one that is elsewhere. */
export function chromiumPath(): string | null {
  const named = process.env['CHROMIUM']
  return [...(named ? [named] : []), ...places].find((path) => existsSync(path)) ?? null
}

/** As root the sandbox cannot start; the rest keeps a browser on a closed machine from calling home. */
export const chromiumFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
