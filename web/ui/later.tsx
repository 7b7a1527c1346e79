import { Suspense, type FunctionComponent, type JSX } from 'react'
import { allSentences } from '../platform/i18n.ts'
import { piece } from './piece.tsx'

const waiting: (() => Promise<unknown>)[] = [allSentences]
let scheduled = false

/** Once the page is calm, fetch what the first key press may want. */
function whenCalm(): void {
  if (scheduled) return
  scheduled = true
  const fetchAll = (): void => waiting.splice(0).forEach((load) => void load().catch(() => undefined))
  setTimeout(() => ('requestIdleCallback' in window ? requestIdleCallback(fetchAll) : fetchAll()), 2500)
}

/** A part that is not needed for the first picture: dialogs, panels, the editor. */
export function later<P extends object>(load: () => Promise<FunctionComponent<P>>): (props: P) => JSX.Element {
  const Part = piece(async () => ({ default: (await Promise.all([load(), allSentences()]))[0] }))
  waiting.push(Part.preload)
  whenCalm()
  return (props) => (
    <Suspense fallback={null}>
      <Part {...props} />
    </Suspense>
  )
}
