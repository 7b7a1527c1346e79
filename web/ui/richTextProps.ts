export interface RichTextProps {
  label: string
  value: string
  onChange: (html: string) => void
  /** Files pasted, dropped or chosen, after they were stored. */
  onFile?: (file: { id: string; name: string; type: string; size: number }) => void
  onSubmit?: () => void
  onLeave?: () => void
  /** A slash at the beginning of an empty line. */
  onSlash?: (() => void) | undefined
  placeholder?: string
  autoFocus?: boolean
  minHeight?: number
}
