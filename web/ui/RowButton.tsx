import classes from './RowButton.module.css'

/** The main cell of a row that opens a dialog rather than a page. `indent`: depth in a tree. */
export const RowButton = ({ title, indent = 0, onClick }: { title: string; indent?: number; onClick: () => void }) => (
  <button type="button" className={classes['row']} style={{ paddingInlineStart: indent * 18 }} onClick={onClick}>
    {title}
  </button>
)
