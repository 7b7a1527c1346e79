import { lazy, Suspense } from 'react'
import classes from './RichText.module.css'
import type { RichTextProps } from './richTextProps.ts'

const Editor = lazy(() => import('./RichTextEditor.tsx'))

/** The editor is loaded when a page wants to write; its place is kept meanwhile. */
export const RichText = (props: RichTextProps) => (
  <Suspense
    fallback={<div className={classes['editor']} style={{ minHeight: (props.minHeight ?? 88) + 33 }} aria-busy />}
  >
    <Editor {...props} />
  </Suspense>
)
