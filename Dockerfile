# The image: the same steps as `make run`, without the embedded servers' start.
FROM python:3.13-slim-bookworm AS build
WORKDIR /app
COPY requirements.in requirements.txt pyproject.toml ./
COPY scripts scripts
COPY moderation moderation
COPY worker worker
COPY migrations migrations
RUN scripts/venv requirements.txt

FROM python:3.13-slim-bookworm
RUN useradd --system --user-group --no-create-home --home-dir /nonexistent corrigenda
WORKDIR /app
COPY --from=build /app /app
COPY templates templates
ENV PATH=/app/.venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 CORRIGENDA_HOST=0.0.0.0
USER corrigenda
EXPOSE 8000
CMD ["corrigenda", "web"]
