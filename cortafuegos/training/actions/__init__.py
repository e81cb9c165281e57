"""What may be done about courses, exams and certificates: the only writers."""
