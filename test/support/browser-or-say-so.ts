import { beforeEach } from 'vitest'
import { chromiumPath } from './browser.ts'

if (chromiumPath() == null) {
  console.warn('Browser journeys are skipped: there is no Chromium here (install chromium, or name it in CHROMIUM).')
  beforeEach((context) => context.skip())
}
