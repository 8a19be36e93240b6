import { Link } from 'wouter';
import { useWhere } from '../where/where.js';

interface Tab<Name extends string> {
  readonly name: Name;
  readonly title: string;
}

interface TabsProps<Name extends string> {
  /** What the tabs choose among. */
  readonly label: string;
  readonly tabs: readonly Tab<Name>[];
  readonly current: Name;
}

/** Parts of a screen that are shown one at a time. Each has an address: `?tab=quarantine`; the first has none of its own. */
export function Tabs<Name extends string>({ label, tabs, current }: TabsProps<Name>) {
  const { path, hrefOf } = useWhere();
  return (
    <nav className="tabs" aria-label={label}>
      {tabs.map(({ name, title }, index) => (
        <Link
          key={name}
          href={hrefOf(path, { tab: index === 0 ? undefined : name })}
          aria-current={name === current ? 'page' : undefined}
        >
          {title}
        </Link>
      ))}
    </nav>
  );
}

/** The tab of the address; the first, where it names none. */
export function useTab<Name extends string>(names: readonly [Name, ...Name[]]): Name {
  const { params } = useWhere();
  return names.find((name) => name === params.get('tab')) ?? names[0];
}
