# Everything is built and installed in one image; the other takes the result and has no build tools, not even pip.
FROM python:3.12.12-slim-bookworm AS build
WORKDIR /src
RUN python -m venv /opt/motcua
COPY requirements.lock ./
RUN /opt/motcua/bin/pip install --no-cache-dir --require-hashes --requirement requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY bot bot
COPY knowledge knowledge
RUN /opt/motcua/bin/pip install --no-cache-dir --no-deps . \
    && /opt/motcua/bin/pip uninstall --yes pip

FROM python:3.12.12-slim-bookworm
RUN useradd --system --uid 10001 --no-create-home --home-dir /data motcua \
    && install --directory --owner 10001 --mode 0700 /data \
    && pip uninstall --yes --root-user-action ignore pip
COPY --from=build /opt/motcua /opt/motcua
USER 10001
WORKDIR /data
ENV PATH=/opt/motcua/bin:$PATH \
    HOME=/data \
    MOTCUA_DATABASE=sqlite:////data/motcua.db \
    PYTHONUTF8=1 \
    PYTHONDONTWRITEBYTECODE=1
VOLUME ["/data"]
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s CMD ["motcua", "health"]
ENTRYPOINT ["motcua"]
CMD ["run"]
