"""Speed and accuracy of revtrack, measured; figures and their floors. No part of the package."""
