import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Problem } from './api/problem.js';
import { App } from './app.js';
import { LanguageOf } from './language/language.js';
import { Boundary } from './parts/boundary.js';
import { isLink } from './session/session.js';
import { Broken } from './shell/broken.js';
import './style/colours.css';
import './style/base.css';
import './style/parts.css';
import './style/shell.css';

/**
 * What was refused is refused again; what did not arrive may arrive. A browser that calls itself offline may still reach a service on this
 * machine; and an act that is put off until it is online again would be done when nobody expects it any more.
 */
const client = new QueryClient({
  defaultOptions: {
    mutations: { networkMode: 'always' },
    queries: {
      networkMode: 'always',
      retry: (count, error) =>
        count < 2 && !(error instanceof Problem && error.status !== 0 && error.status < 500),
    },
  },
});

addEventListener('hashchange', () => {
  if (isLink()) location.reload();
});

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={client}>
        <LanguageOf>
          <Boundary instead={<Broken />}>
            <App />
          </Boundary>
        </LanguageOf>
      </QueryClientProvider>
    </StrictMode>,
  );
}
