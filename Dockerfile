# The image: the package with the pinned versions of its dependencies, and nothing else.
# BASE can be any image with Python 3.11 to 3.13 and its venv module: `make test-image` makes one from Debian packages.
ARG BASE=docker.io/library/python:3.13.9-slim-bookworm
FROM ${BASE} AS build
WORKDIR /src
COPY requirements.txt ./
RUN python3 -m venv /opt/corrigenda && \
    /opt/corrigenda/bin/pip install --quiet --disable-pip-version-check --no-compile --require-hashes -r requirements.txt
COPY . .
RUN /opt/corrigenda/bin/pip install --quiet --disable-pip-version-check --no-compile --no-deps --no-build-isolation . && \
    /opt/corrigenda/bin/python scripts/slim_image

FROM ${BASE}
RUN useradd --system --user-group --uid 970 --no-create-home --home-dir /nonexistent corrigenda
RUN install -d -o 970 -g 970 -m 0700 /backups
COPY --from=build /opt/corrigenda /opt/corrigenda
ENV PATH=/opt/corrigenda/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 CORRIGENDA_HOST=0.0.0.0
USER 970:970
EXPOSE 8000
CMD ["corrigenda", "web"]
