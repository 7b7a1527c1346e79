import { lazy, Suspense } from 'react'
import classes from './RichText.module.css'

export interface RichTextProps {
  label: string
  value: string
  onChange: (html: string) => void
  /** Files pasted, dropped or chosen, after they were stored. */
  onFile?: (file: { id: string; name: string; type: string; size: number }) => void
  onSubmit?: () => void
  onLeave?: () => void
  placeholder?: string
  autoFocus?: boolean
  minHeight?: number
}

const Editor = lazy(() => import('./RichTextEditor.tsx'))

/** The editor is loaded when a page wants to write; its place is kept meanwhile. */
export const RichText = (props: RichTextProps) => (
  <Suspense fallback={<div className={classes['editor']} style={{ minHeight: (props.minHeight ?? 88) + 33 }} aria-busy />}>
    <Editor {...props} />
  </Suspense>
)
