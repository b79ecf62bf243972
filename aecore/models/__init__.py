"""Models as a product of independent choices: backbone, bottleneck, loss."""
