import { Button, Modal, Stack, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { type Mailbox, mailboxes, type TemplateName } from '../../contract/mailboxes.ts'
import { t } from '../platform/i18n.ts'
import { useAct, useAsk } from '../platform/query.ts'
import { fieldError, Form } from '../ui/Form.tsx'
import { Asked } from '../ui/Asked.tsx'
import classes from './Mailboxes.module.css'
import { templateWord } from './words.ts'

interface Props {
  mailbox: Mailbox
  name: TemplateName
  onClose: () => void
}

/** The words of one kind of mail, with what may stand in them, and how they look filled in. */
export function TemplateForm({ mailbox, name, onClose }: Props) {
  const usual = useAsk(mailboxes.templates, {})
  return (
    <Modal opened onClose={onClose} title={templateWord(name)} size="lg">
      <Asked question={usual}>
        {({ items }) => {
          const one = items.find((each) => each.name === name)
          return one === undefined ? null : <Words mailbox={mailbox} usual={one} onClose={onClose} />
        }}
      </Asked>
    </Modal>
  )
}

interface Usual {
  name: TemplateName
  subject: string
  body: string
  variables: string[]
}

function Words({ mailbox, usual, onClose }: { mailbox: Mailbox; usual: Usual; onClose: () => void }) {
  const own = mailbox.templates[usual.name]
  const [opened] = useState(mailbox.version)
  const [form, setForm] = useState({ subject: own?.subject ?? usual.subject, body: own?.body ?? usual.body })
  const save = useAct(mailboxes.edit, { onDone: onClose })
  const preview = useAct(mailboxes.preview)
  const error = (at: 'subject' | 'body') =>
    fieldError(save.error, `templates.${usual.name}.${at}`) ?? fieldError(preview.error, at)
  const others = Object.fromEntries(Object.entries(mailbox.templates).filter(([name]) => name !== usual.name))
  return (
    <Form
      onSubmit={() => save.mutate({ id: mailbox.id, version: opened, templates: { ...others, [usual.name]: form } })}
      verb={t('save')}
      busy={save.isPending}
      error={save.error ?? preview.error}
      onCancel={onClose}
      disabled={form.subject.trim() === '' || form.body.trim() === ''}
    >
      <Stack gap="sm">
        <p className="label" style={{ margin: 0 }}>
          {t('mailboxes.variables')} {usual.variables.map((one) => `{{${one}}}`).join(' ')}
        </p>
        <TextInput
          label={t('mailboxes.subject')}
          required
          data-autofocus
          value={form.subject}
          error={error('subject')}
          onChange={(event) => setForm({ ...form, subject: event.currentTarget.value })}
        />
        <Textarea
          label={t('mailboxes.body')}
          required
          autosize
          minRows={6}
          maxRows={16}
          value={form.body}
          error={error('body')}
          onChange={(event) => setForm({ ...form, body: event.currentTarget.value })}
        />
        <div>
          <Button
            variant="default"
            size="compact-sm"
            loading={preview.isPending}
            onClick={() => preview.mutate({ template: usual.name, ...form })}
          >
            {t('mailboxes.preview')}
          </Button>{' '}
          {own !== undefined && (
            <Button
              variant="subtle"
              size="compact-sm"
              onClick={() => save.mutate({ id: mailbox.id, version: opened, templates: others })}
            >
              {t('mailboxes.backToUsual')}
            </Button>
          )}
        </div>
        {preview.data !== undefined && preview.error === null && (
          <section aria-label={t('mailboxes.preview')} aria-live="polite">
            <b>{preview.data.subject}</b>
            <p className={classes['preview']}>{preview.data.text}</p>
          </section>
        )}
      </Stack>
    </Form>
  )
}
