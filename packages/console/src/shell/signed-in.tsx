import type { SessionDocument } from '@recuento/contract';
import { lazy, Suspense, useState } from 'react';
import { Link, Redirect, Route, Switch } from 'wouter';
import { useSay } from '../language/language.js';
import { OperationOf, type ShownOperation } from '../operation/operation.js';
import { OperationPicker } from '../operation/operation-picker.js';
import { useOperations, useShownOperation } from '../operation/operations.js';
import { Boundary } from '../parts/boundary.js';
import { Empty } from '../parts/empty.js';
import { Loading } from '../parts/loaded.js';
import { Screen } from '../parts/screen.js';
import { useWhere } from '../where/where.js';
import { Banner } from './banner.js';
import { Broken } from './broken.js';
import { Navigation } from './navigation.js';
import { SCREENS, type ScreenEntry } from './screens.js';

const WORDS = {
  no_operation: { en: 'Choose an operation', es: 'Elija una operación' },
  choose: {
    en: 'Its numbers are shown here. The administration has the list of all of them.',
    es: 'Aquí se muestran sus números. La lista de todas está en Administración.',
  },
  administration: { en: 'Go to the administration', es: 'Ir a Administración' },
  not_there: { en: 'There is no such screen', es: 'Esa pantalla no existe' },
  not_allowed: {
    en: 'It does not exist, or your token may not see it.',
    es: 'No existe, o su token no puede verla.',
  },
  to_start: { en: 'Back to the start', es: 'Volver al inicio' },
} as const;

const FirstRun = lazy(() => import('../screens/administration/first-run.js'));

/** Everything that is shown to who has signed in. */
export function SignedIn({ session }: { readonly session: SessionDocument }) {
  const operation = useShownOperation(session);
  const { is_first_run, end } = useFirstRun(session);
  const { hrefOf } = useWhere();
  const screens = SCREENS.filter(({ scopes }) => scopes.some((scope) => session.scopes.includes(scope)));
  const [first] = screens;
  if (is_first_run) {
    return (
      <OperationOf session={session} operation={undefined}>
        <Banner session={session} />
        <Suspense fallback={<Loading height_rem={20} />}>
          <FirstRun onDone={end} />
        </Suspense>
      </OperationOf>
    );
  }
  return (
    <OperationOf session={session} operation={operation}>
      <Banner session={session}>
        {session.caller === 'administrator' && <OperationPicker operation={operation} />}
      </Banner>
      <Navigation screens={screens} />
      <Switch>
        {screens.map((screen) => (
          <Route key={screen.path} path={screen.path}>
            <ScreenContent key={operation?.server} screen={screen} session={session} operation={operation} />
          </Route>
        ))}
        {first && first.path !== '/' && (
          <Route path="/">
            <Redirect to={hrefOf(first.path)} replace />
          </Route>
        )}
        <Route>
          <NotThere first={first} />
        </Route>
      </Switch>
    </OperationOf>
  );
}

/**
 * Whether the administrator of a new install is led to the first operation. Once begun, that lasts until it is done: there is an operation
 * before its token was shown.
 */
function useFirstRun({ caller }: SessionDocument): {
  readonly is_first_run: boolean;
  readonly end: () => void;
} {
  const { data } = useOperations(caller === 'administrator');
  const [state, setState] = useState<'not begun' | 'begun' | 'done'>('not begun');
  if (state === 'not begun' && data?.length === 0) setState('begun');
  return { is_first_run: state === 'begun', end: () => setState('done') };
}

interface ScreenContentProps {
  readonly screen: ScreenEntry;
  readonly session: SessionDocument;
  readonly operation: ShownOperation | undefined;
}

function ScreenContent({ screen, session, operation }: ScreenContentProps) {
  const { isPending } = useOperations(session.caller === 'administrator');
  if (screen.of_operation && !operation) {
    return isPending ? <Loading height_rem={20} /> : <NoOperation screen={screen} />;
  }
  return (
    <Boundary key={screen.path} instead={<Broken />}>
      <Suspense fallback={<Loading height_rem={20} />}>
        <screen.Content />
      </Suspense>
    </Boundary>
  );
}

function NoOperation({ screen }: { readonly screen: ScreenEntry }) {
  const say = useSay();
  const { hrefOf } = useWhere();
  return (
    <Screen title={say(screen.title)}>
      <Empty title={say(WORDS.no_operation)}>
        <p>{say(WORDS.choose)}</p>
        <Link href={hrefOf('/administration')}>{say(WORDS.administration)}</Link>
      </Empty>
    </Screen>
  );
}

function NotThere({ first }: { readonly first: ScreenEntry | undefined }) {
  const say = useSay();
  const { hrefOf } = useWhere();
  return (
    <Screen title={say(WORDS.not_there)}>
      <Empty title={say(WORDS.not_allowed)}>
        {first && <Link href={hrefOf(first.path)}>{say(WORDS.to_start)}</Link>}
      </Empty>
    </Screen>
  );
}
