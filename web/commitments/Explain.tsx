import { Drawer } from '@mantine/core'
import { commitments } from '../../contract/commitments.ts'
import { t } from '../platform/i18n.ts'
import { absolute } from '../platform/moments.ts'
import { useAsk } from '../platform/query.ts'
import { Asked } from '../ui/Asked.tsx'
import classes from './Explain.module.css'
import { Strip } from './Strip.tsx'

/** Why a commitment is due when it is: the clock as a picture, then every step in a sentence. */
export function ExplainDrawer({
  commitment,
  title,
  onClose,
}: {
  commitment: string
  title: string
  onClose: () => void
}) {
  return (
    <Drawer opened onClose={onClose} title={t('explain.title', { what: title })} position="right" size={520}>
      <ExplainBody commitment={commitment} />
    </Drawer>
  )
}

export function ExplainBody({ commitment }: { commitment: string }) {
  const asked = useAsk(commitments.explain, { id: commitment })
  return (
    <Asked question={asked}>
      {(explanation) => (
        <div className={classes['explain']}>
          <p className={classes['due']}>
            {explanation.dueAt === null ? t('explain.noDue') : t('explain.due', { at: absolute(explanation.dueAt) })}
          </p>
          <Strip strip={explanation.strip} asOf={explanation.asOf} dueAt={explanation.dueAt} />
          <ol className={classes['sentences']}>
            {explanation.sentences.map((sentence, index) => (
              <li key={index}>{sentence}</li>
            ))}
          </ol>
          <p className="label">{t('explain.asOf', { at: absolute(explanation.asOf), zone: explanation.zone })}</p>
        </div>
      )}
    </Asked>
  )
}
