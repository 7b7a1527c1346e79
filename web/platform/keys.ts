import { useEffect, useRef, useSyncExternalStore } from 'react'

export interface Binding {
  /** `j`, `enter`, `space`, `/`, `?`, `ctrl+k`. Several keys for one act are separated by a bar. */
  keys: string
  label: string
  run: () => void
  off?: boolean
}
interface Layer {
  title: string
  bindings: Binding[]
}

let layers: Layer[] = []
const listeners = new Set<() => void>()
const change = (next: Layer[]): void => {
  layers = next
  listeners.forEach((listener) => listener())
}

const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target.matches(
      'input:not([type=checkbox]):not([type=radio]), textarea, select, [role=combobox], [role=listbox], [role=menu] *',
    ))

const nameOf = (event: KeyboardEvent): string => {
  const key = event.key === ' ' ? 'space' : event.key.toLowerCase()
  return event.ctrlKey || event.metaKey ? `ctrl+${key}` : key
}

function onKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.altKey || event.isComposing) return
  const name = nameOf(event)
  if (!name.startsWith('ctrl+')) {
    if (typing(event.target) || document.querySelector('[aria-modal=true]') !== null) return
    if (
      (name === 'enter' || name === 'space') &&
      event.target instanceof HTMLElement &&
      event.target.closest('button, summary, [role=button], [role=tab], [role=checkbox], input') !== null
    )
      return
  }
  for (const layer of [...layers].reverse()) {
    const binding = layer.bindings.find((b) => b.off !== true && b.keys.split('|').includes(name))
    if (binding === undefined) continue
    event.preventDefault()
    binding.run()
    return
  }
}

/** Keys of a page or panel; the layer added last is asked first. They never fire while typing. */
export function useKeys(title: string, bindings: Binding[]): void {
  const current = useRef(bindings)
  current.current = bindings
  const shape = bindings.map((b) => `${b.keys}:${b.label}:${b.off === true}`).join()
  useEffect(() => {
    const layer: Layer = {
      title,
      bindings: current.current.map((binding, index) => ({ ...binding, run: () => current.current[index]?.run() })),
    }
    if (layers.length === 0) window.addEventListener('keydown', onKey)
    change([...layers, layer])
    return () => {
      change(layers.filter((other) => other !== layer))
      if (layers.length === 0) window.removeEventListener('keydown', onKey)
    }
  }, [title, shape])
}

export const useKeyLayers = (): readonly Layer[] =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => layers,
  )
