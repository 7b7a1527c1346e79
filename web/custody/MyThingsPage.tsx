import { Button, Group } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { custodies, type Custody } from '../../contract/custody.ts'
import { t } from '../platform/i18n.ts'
import { paths } from '../platform/paths.ts'
import { useAsk } from '../platform/query.ts'
import { Asked } from '../ui/Asked.tsx'
import { CustodyWords, thingWords } from '../ui/CustodyLines.tsx'
import { Section } from '../ui/Facts.tsx'
import { Page } from '../ui/Page.tsx'
import { EmptyView } from '../ui/StateViews.tsx'
import { AnswerDialog } from './AnswerDialog.tsx'
import classes from './Custody.module.css'
import { MyThingsTabs } from './MyThingsTabs.tsx'

/** What the reader has and had; here one accepts the terms of what one was given, or declines. */
export default function MyThingsPage() {
  const asked = useAsk(custodies.mine, {})
  const [answering, answer] = useState<{ custody: Custody; accept: boolean } | null>(null)
  return (
    <Page title={t('myThings.title')} shape="read" tabs={<MyThingsTabs current="things" />}>
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
                            {c.asset !== null && c.ended === null ? (
                              <Link to={paths.myThing(c.asset.tag)}>{thingWords(c)}</Link>
                            ) : (
                              <b>{thingWords(c)}</b>
                            )}{' '}
                            <CustodyWords custody={c} />
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
