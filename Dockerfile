# The image: the package with the pinned versions of its dependencies.
FROM python:3.13.9-slim-bookworm AS build
WORKDIR /src
COPY requirements.txt ./
RUN python -m venv /opt/corrigenda && \
    /opt/corrigenda/bin/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
COPY . .
RUN /opt/corrigenda/bin/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation .

FROM python:3.13.9-slim-bookworm
RUN useradd --system --user-group --no-create-home --home-dir /nonexistent corrigenda
COPY --from=build /opt/corrigenda /opt/corrigenda
ENV PATH=/opt/corrigenda/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 CORRIGENDA_HOST=0.0.0.0
USER corrigenda
EXPOSE 8000
CMD ["corrigenda", "web"]
