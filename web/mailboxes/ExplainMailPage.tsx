import { FileInput, Select, Stack, Textarea } from '@mantine/core'
import { useState } from 'react'
import { incomingMails } from '../../contract/incoming-mails.ts'
import { mailboxes } from '../../contract/mailboxes.ts'
import { t } from '../platform/i18n.ts'
import { paths } from '../platform/paths.ts'
import { useAct, useAskPages } from '../platform/query.ts'
import { Facts, Section } from '../ui/Facts.tsx'
import { Form } from '../ui/Form.tsx'
import { Page } from '../ui/Page.tsx'
import { ErrorView, Loading } from '../ui/StateViews.tsx'
import classes from './Mailboxes.module.css'
import { FilesList, Said, Steps } from './Said.tsx'

/** So much fits into one question. Bytes. */
const mostBytes = 2_900_000

async function base64Of(content: Blob): Promise<string> {
  const bytes = new Uint8Array(await content.arrayBuffer())
  let text = ''
  for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000))
  return btoa(text)
}

/** What the intake would make of a message, without taking it in. */
export default function ExplainMailPage() {
  const [file, setFile] = useState<File | null>(null)
  const [pasted, paste] = useState('')
  const [mailbox, setMailbox] = useState<string | null>(null)
  const boxes = useAskPages(mailboxes.list, { limit: 100 })
  const explain = useAct(incomingMails.explain)
  const isTooLarge = file !== null && file.size > mostBytes
  const submit = async (): Promise<void> => {
    const raw = await base64Of(file ?? new Blob([pasted]))
    explain.mutate({ raw, ...(mailbox === null ? {} : { mailbox }) })
  }
  const answer = explain.data
  return (
    <Page title={t('explainMail.title')} crumbs={[{ title: t('incoming.title'), to: paths.incoming }]} shape="read">
      {boxes.data === undefined ? (
        boxes.error === null ? (
          <Loading rows={6} />
        ) : (
          <ErrorView error={boxes.error} onRetry={() => void boxes.refetch()} />
        )
      ) : (
        <div className={classes['pane']}>
          <p className="soft">{t('incoming.explainHelp')}</p>
          <Form
            onSubmit={() => void submit()}
            verb={t('incoming.explain')}
            busy={explain.isPending}
            error={explain.error}
            disabled={(file === null && pasted.trim() === '') || isTooLarge}
          >
            <Stack gap="sm">
              <FileInput
                label={t('incoming.file')}
                placeholder={t('incoming.choose')}
                styles={{ placeholder: { color: 'var(--ink-soft)' } }}
                accept=".eml,message/rfc822,text/plain"
                clearable
                value={file}
                error={isTooLarge ? t('incoming.tooLarge') : undefined}
                onChange={setFile}
              />
              <Textarea
                label={t('incoming.paste')}
                autosize
                minRows={5}
                maxRows={14}
                disabled={file !== null}
                value={pasted}
                onChange={(event) => paste(event.currentTarget.value)}
              />
              <Select
                label={t('incoming.asIf')}
                placeholder={t('incoming.addressed')}
                clearable
                data={boxes.items.map((one) => ({ value: one.id, label: one.name }))}
                value={mailbox}
                onChange={setMailbox}
              />
            </Stack>
          </Form>
          {answer !== undefined && (
            <section aria-live="polite" aria-label={t('incoming.steps')}>
              <Section title={t(`incoming.action.${answer.action}`)}>
                <Facts
                  entries={[
                    [
                      t('incoming.from'),
                      answer.from === null ? null : `${answer.from.name} ${answer.from.address}`.trim(),
                    ],
                    [t('incoming.to'), answer.to.join(', ')],
                    [t('incoming.subject'), answer.subject],
                    [t('incoming.ticket'), answer.ticket],
                  ]}
                />
                <Steps steps={answer.steps} />
              </Section>
              <Section title={t('incoming.says')}>
                <Said text={answer.text} />
                <FilesList files={answer.attachments} />
                {answer.problems.map((one) => (
                  <p key={one} className="label">
                    {one}
                  </p>
                ))}
              </Section>
            </section>
          )}
        </div>
      )}
    </Page>
  )
}
