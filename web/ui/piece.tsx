import { lazy, useState, type FunctionComponent } from 'react'

export type Load<P extends object = object> = () => Promise<{ default: FunctionComponent<P> }>

/**
 * A part with a script of its own. `preload` fetches it; what is there by then is drawn at once. React's `lazy` alone has it wait once more, and what has
 * waited is drawn 300 ms after what stood in for it at the soonest (FALLBACK_THROTTLE_MS of react-reconciler).
 */
export function piece<P extends object>(load: Load<P>): FunctionComponent<P> & { preload(): Promise<void> } {
  let there: FunctionComponent<P> | undefined
  const preload = async (): Promise<void> => {
    there = (await load()).default
  }
  const Awaited = lazy(async () => {
    await preload()
    return { default: there as FunctionComponent<object> }
  })
  const Piece: FunctionComponent<P> = (props) => {
    // the same one as long as it stands: another would begin with nothing
    const [Part] = useState(() => there ?? Awaited)
    return <Part {...props} />
  }
  return Object.assign(Piece, { preload })
}

/** A piece that its page wants in a moment: fetched as soon as the page's own script is there. */
export function soon<P extends object>(load: Load<P>): FunctionComponent<P> {
  const Part = piece(load)
  // what could not be fetched is asked for again when it is drawn
  void Part.preload().catch(() => undefined)
  return Part
}
