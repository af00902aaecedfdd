# seqbench with its extras for conditional random fields and serving, on Python 3.11.
# Written as the README's commands say, and not tried: nobody has built this image yet.
#
#   docker build -t seqbench .
#   docker run --rm -v "$PWD:/data" seqbench run --data treebank --models baseline,hmm --out runs/first
FROM python:3.11-slim

RUN useradd --create-home seqbench
COPY . /opt/seqbench
RUN pip install --no-cache-dir -c /opt/seqbench/constraints.txt "/opt/seqbench[crf,serve]"

USER seqbench
WORKDIR /data
ENTRYPOINT ["seqbench"]
CMD ["--help"]
