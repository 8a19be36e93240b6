import type { Scope, Text } from '@recuento/contract';
import { type ComponentType, type LazyExoticComponent, lazy } from 'react';

export interface ScreenEntry {
  readonly path: string;
  readonly title: Text;
  /** Whoever has one of these sees it. */
  readonly scopes: readonly Scope[];
  /** It shows numbers of an operation, so the administrator has to choose one first. */
  readonly of_operation: boolean;
  /** Its code is loaded when it is first shown. */
  readonly Content: LazyExoticComponent<ComponentType>;
}

/** All screens, in the order of the navigation. The service answers each of these paths with the console's page. */
export const SCREENS: readonly ScreenEntry[] = [
  {
    path: '/',
    title: { en: 'Overview', es: 'Resumen' },
    scopes: ['report'],
    of_operation: true,
    Content: lazy(() => import('../screens/overview/overview.js')),
  },
  {
    path: '/machine-codes',
    title: { en: 'Machine codes', es: 'Códigos de máquina' },
    scopes: ['report'],
    of_operation: true,
    Content: lazy(() => import('../screens/machine-codes/machine-codes.js')),
  },
  {
    path: '/list-quality',
    title: { en: 'List quality', es: 'Calidad de listas' },
    scopes: ['report'],
    of_operation: true,
    Content: lazy(() => import('../screens/list-quality/list-quality.js')),
  },
  {
    path: '/imports',
    title: { en: 'Imports', es: 'Importaciones' },
    scopes: ['report', 'ingest', 'admin'],
    of_operation: true,
    Content: lazy(() => import('../screens/imports/imports.js')),
  },
  {
    path: '/tokens',
    title: { en: 'API and tokens', es: 'API y tokens' },
    scopes: ['report', 'ingest', 'admin'],
    of_operation: true,
    Content: lazy(() => import('../screens/tokens/tokens.js')),
  },
  {
    path: '/administration',
    title: { en: 'Administration', es: 'Administración' },
    scopes: ['report', 'admin'],
    of_operation: false,
    Content: lazy(() => import('../screens/administration/administration.js')),
  },
];
