import { Alert, Button, Group, Radio, Textarea } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { actLinks } from '../../contract/notifications.ts'
import { t } from '../platform/i18n.ts'
import { localInstant } from '../platform/plain-text.ts'
import { addressOfSubject, paths } from '../platform/paths.ts'
import { useAct, useAsk } from '../platform/query.ts'
import { Asked } from '../ui/Asked.tsx'
import { FailureNote, fieldError } from '../ui/Form.tsx'
import { Outside } from '../ui/Outside.tsx'
import { isWhenAndWhy, WhenAndWhy, type WhenAndWhyGiven } from '../ui/WhenAndWhy.tsx'

/** What a link of a mail opens: it says what would happen, and only its button lets it happen. */
export default function ActLinkPage() {
  const { token } = useParams({ strict: false }) as { token: string }
  const asked = useAsk(actLinks.show, { token })
  const act = useAct(actLinks.act)
  const [aside, putAside] = useState<WhenAndWhyGiven>({ on: null, time: '08:00', reason: '' })
  const [comment, setComment] = useState('')
  const [score, setScore] = useState<string | null>(null)
  const done = act.data
  const to = done?.subject == null ? null : addressOfSubject({ ...done.subject, id: '' })
  return (
    <Outside title={t('actLink.title')}>
      {done !== undefined ? (
        <>
          <Alert
            role="status"
            color="green"
            variant="light"
            icon={<IconCheck size={16} aria-hidden />}
            title={done.sentence}
            styles={{ title: { color: 'var(--ink)' } }}
          />
          <p>
            <Link to={to ?? paths.notifications}>{t('actLink.open')}</Link>
          </p>
        </>
      ) : (
        <Asked question={asked}>
          {(link) => (
            <form
              onSubmit={(event) => {
                event.preventDefault()
                if (link.state !== 'open') return
                if (link.act === 'rate') {
                  if (score !== null) act.mutate({ token, score: Number(score), reason: comment })
                } else if (link.act === 'decide') act.mutate({ token, approve: true, reason: comment })
                else if (link.act !== 'snooze') act.mutate({ token })
                else if (isWhenAndWhy(aside))
                  act.mutate({ token, until: localInstant(aside.on, aside.time, link.zone), reason: aside.reason })
              }}
            >
              <p>{link.sentence}</p>
              {link.facts.length > 0 && (
                <dl>
                  {link.facts.map((fact) => (
                    <div key={fact.label}>
                      <dt className="label">{fact.label}</dt>
                      <dd style={{ margin: '0 0 8px', whiteSpace: 'pre-wrap' }}>{fact.text}</dd>
                    </div>
                  ))}
                </dl>
              )}
              {link.state === 'open' ? (
                <>
                  {link.act === 'snooze' && (
                    <WhenAndWhy
                      day={{ label: t('byHand.until'), field: 'until' }}
                      time={{ label: t('byHand.at'), help: t('actLink.zone', { zone: link.zone }) }}
                      value={aside}
                      onChange={putAside}
                      error={act.error}
                    />
                  )}
                  {link.act === 'rate' && (
                    <>
                      <Radio.Group label={t('mark.legend')} value={score} onChange={setScore} mb="sm">
                        {([5, 4, 3, 2, 1] as const).map((mark) => (
                          <Radio key={mark} value={String(mark)} label={t(`mark.${mark}`)} my={6} />
                        ))}
                      </Radio.Group>
                      <Textarea
                        label={t('actLink.words')}
                        autosize
                        minRows={2}
                        maxLength={500}
                        value={comment}
                        onChange={(event) => setComment(event.currentTarget.value)}
                      />
                    </>
                  )}
                  {link.act === 'decide' && (
                    <Textarea
                      label={t('actLink.comment')}
                      description={t('actLink.commentHelp')}
                      autosize
                      minRows={2}
                      maxLength={500}
                      value={comment}
                      onChange={(event) => setComment(event.currentTarget.value)}
                      error={fieldError(act.error, 'comment')}
                    />
                  )}
                  <p className="label">{t('actLink.once', { name: link.name })}</p>
                  <FailureNote error={act.error} />
                  <Group gap="xs" grow>
                    <Button
                      type="submit"
                      size="sm"
                      loading={act.isPending}
                      disabled={
                        (link.act === 'snooze' && !isWhenAndWhy(aside)) || (link.act === 'rate' && score === null)
                      }
                    >
                      {t(`actLink.verb.${link.act}`)}
                    </Button>
                    {link.act === 'decide' && (
                      <Button
                        size="sm"
                        variant="default"
                        disabled={act.isPending}
                        onClick={() => act.mutate({ token, approve: false, reason: comment })}
                      >
                        {t('actLink.refuse')}
                      </Button>
                    )}
                  </Group>
                </>
              ) : (
                <p role="status">
                  {t(`actLink.${link.state}`)} <Link to={paths.notifications}>{t('actLink.open')}</Link>
                </p>
              )}
            </form>
          )}
        </Asked>
      )}
    </Outside>
  )
}
