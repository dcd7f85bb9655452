import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

import { ReportButton, Typos } from "./Typos";

createRoot(document.getElementById("root")!).render(
  <StrictMode>
    <Typos service={import.meta.env.VITE_SERVICE} siteKey={import.meta.env.VITE_SITE_KEY} />
    <article>
      <p>Набережную откроют для пешеходов до конца лета, расказал главный архитектор города.</p>
      <p>Подрядчик уложил брусчатку на двух участках и приступил к установке фонарей.</p>
    </article>
    <ReportButton service={import.meta.env.VITE_SERVICE} siteKey={import.meta.env.VITE_SITE_KEY} />
  </StrictMode>,
);
