"""What-if: a candidate of the scoring model beside the published one, over book and history."""
