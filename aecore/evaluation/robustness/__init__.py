"""What codes and reconstructions lose when the input is disturbed, beside PCA."""
