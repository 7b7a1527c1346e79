import { Button, Group, Modal, Stack, Textarea, TextInput } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { custodies, type Custody } from '../../contract/custody.ts'
import { t } from '../platform/i18n.ts'
import { paths } from '../platform/paths.ts'
import { useAct, useAsk } from '../platform/query.ts'
import { Asked } from '../ui/Asked.tsx'
import { CustodyWords, thingWords } from '../ui/CustodyLines.tsx'
import { Section } from '../ui/Facts.tsx'
import { fieldError, Form } from '../ui/Form.tsx'
import { Page } from '../ui/Page.tsx'
import { EmptyView } from '../ui/StateViews.tsx'
import { tellDone } from '../ui/told.ts'
import classes from './Custody.module.css'

/** What the reader has and had; here one accepts the terms of what one was given, or declines. */
export default function MyThingsPage() {
  const asked = useAsk(custodies.mine, {})
  const [answering, answer] = useState<{ custody: Custody; accept: boolean } | null>(null)
  return (
    <Page title={t('myThings.title')} shape="read">
      <Asked question={asked}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyView title={t('myThings.empty')}>{t('myThings.emptyHelp')}</EmptyView>
          ) : (
            <div>
              {(['have', 'had'] as const).map((when) => {
                const some = items.filter((c) => (c.ended === null) === (when === 'have'))
                return some.length === 0 ? null : (
                  <Section key={when} title={t(`myThings.${when}`)}>
                    <ul className={classes['things']}>
                      {some.map((c) => (
                        <li key={c.id}>
                          <div>
                            <b>{thingWords(c)}</b> <CustodyWords custody={c} />
                          </div>
                          {c.asset !== null && c.ended === null && (
                            <Link to={paths.newTicketAbout(c.asset.tag)}>
                              {t('myThings.report')}
                              <span className="unseen"> {thingWords(c)}</span>
                            </Link>
                          )}
                          {c.refusals['answer'] === null && (
                            <Group gap="xs">
                              <Button onClick={() => answer({ custody: c, accept: true })}>
                                {t('myThings.accept')}
                                <span className="unseen"> {thingWords(c)}</span>
                              </Button>
                              <Button variant="default" onClick={() => answer({ custody: c, accept: false })}>
                                {t('myThings.decline')}
                                <span className="unseen"> {thingWords(c)}</span>
                              </Button>
                            </Group>
                          )}
                        </li>
                      ))}
                    </ul>
                  </Section>
                )
              })}
            </div>
          )
        }
      </Asked>
      {answering !== null && <AnswerDialog key={answering.custody.id} {...answering} onClose={() => answer(null)} />}
    </Page>
  )
}

function AnswerDialog({ custody, accept, onClose }: { custody: Custody; accept: boolean; onClose: () => void }) {
  const [signature, sign] = useState('')
  const [reason, setReason] = useState('')
  const act = useAct(custodies.answer, {
    onDone: () => {
      tellDone(t(accept ? 'myThings.accepted' : 'myThings.declined', { what: thingWords(custody) }))
      onClose()
    },
  })
  return (
    <Modal
      opened
      onClose={onClose}
      size={640}
      title={t(accept ? 'myThings.acceptTitle' : 'myThings.declineTitle', { what: thingWords(custody) })}
    >
      <Form
        onSubmit={() => act.mutate({ id: custody.id, accept, ...(accept ? { signature } : { reason }) })}
        verb={t(accept ? 'myThings.accept' : 'myThings.decline')}
        busy={act.isPending}
        error={act.error}
        onCancel={onClose}
        disabled={accept ? signature.trim() === '' : reason.trim().length < 3}
      >
        <Stack gap="sm">
          <div className={classes['terms']} tabIndex={0} role="region" aria-label={t('myThings.terms')}>
            {custody.terms}
          </div>
          {accept ? (
            <TextInput
              label={t('myThings.sign')}
              description={t('myThings.signHelp')}
              required
              data-autofocus
              value={signature}
              error={fieldError(act.error, 'signature')}
              onChange={(event) => sign(event.currentTarget.value)}
            />
          ) : (
            <Textarea
              label={t('byHand.reason')}
              required
              data-autofocus
              autosize
              minRows={2}
              value={reason}
              error={fieldError(act.error, 'reason')}
              onChange={(event) => setReason(event.currentTarget.value)}
            />
          )}
        </Stack>
      </Form>
    </Modal>
  )
}
