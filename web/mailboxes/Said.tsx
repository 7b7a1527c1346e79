import { IconFile } from '@tabler/icons-react'
import { t } from '../platform/i18n.ts'
import { fileSize } from '../platform/moments.ts'
import classes from './Mailboxes.module.css'

/** What the intake made of a message, step by step. */
export const Steps = ({ steps }: { steps: readonly string[] }) =>
  steps.length === 0 ? (
    <p className="soft">{t('incoming.noSteps')}</p>
  ) : (
    <ol className={classes['steps']}>
      {steps.map((one, at) => (
        <li key={`${at} ${one}`}>{one}</li>
      ))}
    </ol>
  )

/** The words of a message, as text: nothing of it is fetched or run. */
export const Said = ({ text }: { text: string }) =>
  text.trim() === '' ? (
    <p className="soft">{t('incoming.saysNothing')}</p>
  ) : (
    <pre className={classes['said']} tabIndex={0} aria-label={t('incoming.says')}>
      {text}
    </pre>
  )

export const FilesList = ({ files }: { files: readonly { name: string; type: string; size: number }[] }) =>
  files.length === 0 ? null : (
    <ul className={classes['files']}>
      {files.map((file, at) => (
        <li key={`${at} ${file.name}`}>
          <IconFile size={13} aria-hidden /> {file.name} <span className="soft">{fileSize(file.size)}</span>
        </li>
      ))}
    </ul>
  )
