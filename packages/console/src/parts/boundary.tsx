import { Component, type ReactNode } from 'react';

interface BoundaryProps {
  /** What is shown in place of what could not be drawn. */
  readonly instead: ReactNode;
  readonly children: ReactNode;
}

/**
 * Keeps a fault of one screen from emptying the page. The commonest is none of the screen's: after an upgrade its file has another name, and
 * a page that was open before does not find it. (React has no other form for this than a class.)
 */
export class Boundary extends Component<BoundaryProps, { readonly has_failed: boolean }> {
  override state = { has_failed: false };

  static getDerivedStateFromError() {
    return { has_failed: true };
  }

  override render(): ReactNode {
    return this.state.has_failed ? this.props.instead : this.props.children;
  }
}
