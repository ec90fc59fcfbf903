/** Business time (policy book §4). Built from the policy's calendar rows; computes on intervals, never by stepping. */
