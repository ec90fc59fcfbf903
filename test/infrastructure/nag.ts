/** What the rules of AwsSolutions and CloudFormation Validate say. */
import { App, CfnResource, Stack } from 'aws-cdk-lib';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { type Synthesized, withFindings } from './synthesized.ts';

export function nagPromises(synthesized: () => Synthesized): void {
  describe('the rules of AwsSolutions and of CloudFormation Validate', () => {
    test('find nothing that is not acknowledged with a reason', () => {
      expect(synthesized().findings).toEqual([]);
    });

    test('would find a queue without encryption in transit, and a property that does not exist', () => {
      const { findings } = withFindings((outdir) => {
        const app = new App({ outdir, analyticsReporting: false });
        const stack = new Stack(app, 'careless');
        new Queue(stack, 'Queue');
        new CfnResource(stack, 'Topic', { type: 'AWS::SNS::Topic', properties: { Nonsense: true } });
        return app;
      });
      expect(findings).toEqual(
        expect.arrayContaining([
          expect.stringMatching(/^AwsSolutions AwsSolutions-SQS4 careless\/Queue/),
          expect.stringMatching(/^CloudFormation Validate F3002 careless\/Topic/),
        ]),
      );
    });
  });
}
