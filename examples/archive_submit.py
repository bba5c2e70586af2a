"""What spark-submit is given: the same command line as `waqai`, on the driver of a cluster.

spark-submit --master yarn --archives waqai-env.tar.gz#env archive_submit.py archive run --in s3a://… --out s3a://…
"""

from waqai.cli import main

if __name__ == "__main__":
    main()
