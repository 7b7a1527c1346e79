import { ActionIcon, FileButton, Tooltip } from '@mantine/core'
import {
  IconBlockquote,
  IconBold,
  IconCode,
  IconItalic,
  IconLink,
  IconList,
  IconListNumbers,
  IconPaperclip,
} from '@tabler/icons-react'
import Image from '@tiptap/extension-image'
import Link from '@tiptap/extension-link'
import { EditorContent, useEditor, useEditorState, type Editor } from '@tiptap/react'
import StarterKit from '@tiptap/starter-kit'
import { useEffect, useRef } from 'react'
import { fileAddress, uploadFile } from '../platform/client.ts'
import { t } from '../platform/i18n.ts'
import classes from './RichText.module.css'
import type { RichTextProps } from './richTextProps.ts'
import { tellFailed } from './told.ts'

export default function RichTextEditor({
  label,
  value,
  onChange,
  onFile,
  onSubmit,
  onLeave,
  onSlash,
  placeholder,
  autoFocus = false,
  minHeight = 88,
}: RichTextProps) {
  const act = useRef({ onChange, onFile, onSubmit, onLeave, onSlash })
  act.current = { onChange, onFile, onSubmit, onLeave, onSlash }
  /** What the editor holds, so that only a change from outside is put into it. */
  const known = useRef(value)
  const store = async (editor: Editor | null, files: Iterable<File>): Promise<void> => {
    for (const file of files) {
      try {
        const stored = await uploadFile(file)
        act.current.onFile?.(stored)
        if (stored.type.startsWith('image/'))
          editor
            ?.chain()
            .focus()
            .setImage({ src: fileAddress(stored.id), alt: stored.name })
            .run()
      } catch (error) {
        tellFailed(error)
      }
    }
  }
  const editor = useEditor({
    extensions: [
      StarterKit.configure({ link: false, heading: { levels: [2, 3] } }),
      Link.configure({ openOnClick: false, autolink: true, protocols: ['https', 'http', 'mailto'] }),
      Image,
    ],
    content: value,
    autofocus: autoFocus ? 'end' : false,
    injectCSS: false,
    editorProps: {
      attributes: {
        role: 'textbox',
        'aria-multiline': 'true',
        'aria-label': label,
        class: classes['content'] ?? '',
        style: `min-height:${minHeight}px`,
        // a dialog that opens around it would take the focus to its first button
        ...(autoFocus ? { 'data-autofocus': 'true' } : {}),
      },
      handleKeyDown: (view, event) => {
        if (event.key === '/' && act.current.onSlash !== undefined) {
          const { $from, empty } = view.state.selection
          if (empty && $from.parent.content.size === 0) {
            event.preventDefault()
            act.current.onSlash()
            return true
          }
        }
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
          event.preventDefault()
          act.current.onSubmit?.()
          return true
        }
        if (event.key === 'Escape') {
          act.current.onLeave?.()
          return true
        }
        return false
      },
      handlePaste: (_, event) => take(event.clipboardData?.files),
      handleDrop: (_, event) => take(event.dataTransfer?.files),
    },
    onUpdate: ({ editor: now }) => {
      known.current = now.isEmpty ? '' : now.getHTML()
      act.current.onChange(known.current)
    },
  })
  const latest = useRef(editor)
  latest.current = editor
  function take(files: FileList | undefined): boolean {
    if (files === undefined || files.length === 0) return false
    void store(latest.current, files)
    return true
  }
  useEffect(() => {
    if (value === known.current || editor.isDestroyed) return
    known.current = value
    editor.commands.setContent(value, { emitUpdate: false })
  }, [value, editor])
  return (
    <div className={classes['editor']}>
      <EditorContent editor={editor} />
      {placeholder !== undefined && value === '' && (
        <span className={classes['placeholder']} aria-hidden>
          {placeholder}
        </span>
      )}
      <Toolbar editor={editor} onFiles={onFile === undefined ? undefined : (files) => void store(editor, files)} />
    </div>
  )
}

function Toolbar({ editor, onFiles }: { editor: Editor; onFiles: ((files: File[]) => void) | undefined }) {
  const on = useEditorState({
    editor,
    selector: ({ editor: e }) => ({
      bold: e.isActive('bold'),
      italic: e.isActive('italic'),
      bullets: e.isActive('bulletList'),
      numbers: e.isActive('orderedList'),
      quote: e.isActive('blockquote'),
      code: e.isActive('codeBlock'),
      link: e.isActive('link'),
    }),
  })
  const marks = [
    { title: t('rich.bold'), icon: IconBold, on: on.bold, run: () => editor.chain().focus().toggleBold().run() },
    {
      title: t('rich.italic'),
      icon: IconItalic,
      on: on.italic,
      run: () => editor.chain().focus().toggleItalic().run(),
    },
    {
      title: t('rich.bullets'),
      icon: IconList,
      on: on.bullets,
      run: () => editor.chain().focus().toggleBulletList().run(),
    },
    {
      title: t('rich.numbers'),
      icon: IconListNumbers,
      on: on.numbers,
      run: () => editor.chain().focus().toggleOrderedList().run(),
    },
    {
      title: t('rich.quote'),
      icon: IconBlockquote,
      on: on.quote,
      run: () => editor.chain().focus().toggleBlockquote().run(),
    },
    { title: t('rich.code'), icon: IconCode, on: on.code, run: () => editor.chain().focus().toggleCodeBlock().run() },
    {
      title: t('rich.link'),
      icon: IconLink,
      on: on.link,
      run: () => {
        const href = on.link ? '' : (prompt(t('rich.linkAddress')) ?? '')
        return href === '' ? editor.chain().focus().unsetLink().run() : editor.chain().focus().setLink({ href }).run()
      },
    },
  ]
  return (
    <div className={classes['toolbar']} role="toolbar" aria-label={t('rich.toolbar')}>
      {marks.map(({ title, icon: Icon, on: pressed, run }) => (
        <Tooltip key={title} label={title}>
          <ActionIcon
            size={26}
            aria-label={title}
            aria-pressed={pressed}
            variant={pressed ? 'light' : 'subtle'}
            onClick={run}
          >
            <Icon size={15} />
          </ActionIcon>
        </Tooltip>
      ))}
      {onFiles !== undefined && (
        <FileButton multiple onChange={onFiles}>
          {(props) => (
            <Tooltip label={t('rich.attach')}>
              <ActionIcon {...props} size={26} aria-label={t('rich.attach')}>
                <IconPaperclip size={15} />
              </ActionIcon>
            </Tooltip>
          )}
        </FileButton>
      )}
    </div>
  )
}
