import { Suspense } from 'react'
import { soon } from './piece.tsx'
import classes from './RichText.module.css'
import type { RichTextProps } from './richTextProps.ts'

const Editor = soon(() => import('./RichTextEditor.tsx'))

/** The editor is loaded with a page that wants to write; its place is kept meanwhile. */
export const RichText = (props: RichTextProps) => (
  <Suspense
    fallback={<div className={classes['editor']} style={{ minHeight: (props.minHeight ?? 88) + 33 }} aria-busy />}
  >
    <Editor {...props} />
  </Suspense>
)
